package io.dimat.source;

/** One record; a hand-over between decoder and row that nobody keeps or compares. */
@SuppressWarnings("ArrayRecordComponent")
record LabelledPixels(int label, byte[] pixels) {}
