"""Models from the Hugging Face hub in MS-VLAM's places: image backbones, causal language models."""
