"""Seals for the record, in public standards: anybody can check them without this program.

`tree` is the Merkle tree of RFC 6962, `note` the signed note and `checkpoint` the checkpoint of C2SP, `proof` its
file for one entry. Nothing here knows what an entry means.
"""
