package io.schemajob.bundle;

/**
 * A file of a bundle, decoded.
 *
 * @param path relative to the bundle's folder, with forward slashes
 * @param text its content, without a byte order mark
 */
public record TextFile(String path, String text) {}
