"""From checkpoint to bundle: ONNX graphs, quantisation, calibration, parity check, manifest."""
