"""Every judgement measured on labelled material, beside its peers, against the floor it must hold.

A measure is a module with one function `rows(material)` that yields rows of the table; `__main__` lists
them. The corpora are the public ones that their READMEs name; other folders of the same shape serve as well.
"""
