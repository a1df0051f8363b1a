package io.gatehouse.access;

/**
 * A folder to be made.
 *
 * @param parentId null to make a project with its own folder
 */
public record NewFolder(String name, Long parentId, String description) {
}
