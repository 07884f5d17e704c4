"""History, slow and obvious: every question is answered by going through all that happened.

Written from the design pages alone and sharing nothing with the ledger but the documents, so that
both can be wrong only in different ways.
"""
