"""The dataset layer: columns, frames, files. The only place beside validation that imports pandas."""
