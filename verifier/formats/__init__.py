"""How dates are written where Django writes them, so that the stock lists read like the desk's own pages."""
