package io.gatehouse.kernel;

/** A privilege that a door checks before it acts. */
public enum Permission {
    VIEW_SERVERS,
    CREATE_SERVERS,
    EDIT_SERVERS,
    DELETE_SERVERS,
    MANAGE_SERVER_ACCESS,
    VIEW_TOOLS,
    EDIT_TOOLS,
    VIEW_CONNECTIONS,
    EDIT_CONNECTIONS,
    VIEW_PROJECTS,
    EDIT_PROJECTS,
    VIEW_USERS,
    EDIT_USERS,
    VIEW_CLIENTS,
    EDIT_CLIENTS
}
