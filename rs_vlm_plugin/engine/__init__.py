"""The core: reads rasters, plans tiles, runs the model, phrases results.

Nothing below this package imports QGIS or Qt; it needs numpy and, once a model runs, onnxruntime
and tokenizers. Front ends (dock, Processing, command line, training) call the functions in here.
"""
