"""Mentions of many articles come in; stories and claims go out."""
