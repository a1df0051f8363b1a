package io.gatehouse.kernel;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** A privilege that a door checks before it acts. Some bring narrower ones along. */
public enum Permission {
    VIEW_SERVERS,
    CREATE_SERVERS,
    /** To start and stop what is there, and to approve what third-party servers have changed. */
    OPERATE_SERVERS,
    EDIT_SERVERS(OPERATE_SERVERS),
    DELETE_SERVERS,
    VIEW_SERVER_TOKENS,
    MANAGE_SERVER_TOKENS(VIEW_SERVER_TOKENS),
    /** Who may use a server, in which way, and how much. */
    MANAGE_SERVER_ACCESS(MANAGE_SERVER_TOKENS),
    VIEW_TOOLS,
    EDIT_TOOLS,
    VIEW_CONNECTIONS,
    /** To look how a third-party server is, and to approve what it has changed. */
    OPERATE_CONNECTIONS,
    EDIT_CONNECTIONS(OPERATE_CONNECTIONS),
    VIEW_PROJECTS,
    EDIT_PROJECTS,
    VIEW_USERS,
    EDIT_USERS,
    /** Who may manage: API clients, administrators and their roles. */
    VIEW_CLIENTS,
    EDIT_CLIENTS,
    /** What was called on MCP servers, with what was said. */
    VIEW_LOGS,
    /** Who did what, in the whole workspace. */
    VIEW_AUDIT,
    /** Where both of these are streamed to. */
    VIEW_LOG_STREAMING,
    /** Whoever decides where the log and the audit trail go could read them there. */
    MANAGE_LOG_STREAMING(VIEW_LOG_STREAMING, VIEW_LOGS, VIEW_AUDIT),
    /** What owners alone have: nobody else appoints or touches one, for nobody hands on what they lack. */
    APPOINT_OWNERS;

    private final Set<Permission> narrower = new HashSet<>();

    Permission(Permission... narrower) {
        for (Permission permission : narrower) {
            this.narrower.add(permission);
            this.narrower.addAll(permission.narrower);
        }
    }

    /** These with what they bring along. */
    public static Set<Permission> whole(Collection<Permission> permissions) {
        Set<Permission> whole = EnumSet.noneOf(Permission.class);
        for (Permission permission : permissions) {
            whole.add(permission);
            whole.addAll(permission.narrower);
        }
        return whole;
    }
}
