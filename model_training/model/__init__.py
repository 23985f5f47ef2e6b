"""MS-VLAM as Hugging Face model: image tower, text tower, caption decoder, joined in
`modelling`."""
