"""快不快: how fast is the product beside a bare Django and a bare database, on this machine, in this minute?"""
