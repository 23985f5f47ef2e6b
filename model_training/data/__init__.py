"""Image-text data: records from parquet or drawn scenes, split, cached as pixels, batched."""
