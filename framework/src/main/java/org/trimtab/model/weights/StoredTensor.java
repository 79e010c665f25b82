package org.trimtab.model.weights;

/**
 * A tensor and where it lies.
 *
 * @param info what the file says of it
 * @param type how its values are stored
 * @param file the file that holds it
 * @param offset first byte in that file
 * @param bytes its length in bytes; offset + bytes is at most the file's size
 */
record StoredTensor(TensorInfo info, StorageType type, MappedFile file, long offset, long bytes) {}
