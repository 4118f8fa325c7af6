"""Runs a screening piece by piece: in this process, in several, or on a cluster."""
