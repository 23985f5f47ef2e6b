"""The model: a verified bundle, onnxruntime sessions over it, and captions decoded from it."""
