package org.trimtab.model.weights;

/**
 * A tensor and its location.
 *
 * @param info its name and shape
 * @param type how its values are stored
 * @param file the file that holds it
 * @param offset first byte in that file
 * @param bytes its length in bytes; offset + bytes is at most the file's size
 */
record StoredTensor(TensorInfo info, StorageType type, MappedFile file, long offset, long bytes) {}
