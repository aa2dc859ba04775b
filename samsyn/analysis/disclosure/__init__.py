"""What may be published without anybody's numbers being read out of it.

A *cell system* holds every cell of one or many tables and the equations that tie them together.
``suppress`` chooses what to hide, ``audit`` computes what an attacker can infer from all that is shown,
``cellkey`` and ``rounding`` are the two other ways to protect counts.
"""
