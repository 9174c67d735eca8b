"""An article comes in; its mentions go out: who states what, with which figure, from which place of the text.

``mentions.read`` is the one entry. Its rooms are packages over one ``syntax``.
"""
