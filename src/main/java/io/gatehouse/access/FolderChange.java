package io.gatehouse.access;

/** What shall be different about a folder; null leaves a thing as it is, an empty description takes it away. */
public record FolderChange(String name, String description) {
}
