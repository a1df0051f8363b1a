package io.gatehouse.access.oauth;

import java.time.Instant;
import java.util.Set;

import io.gatehouse.access.accounts.ServiceAccount;

/**
 * What a good access token lets its bearer do now.
 *
 * @param subject who it is: a person or a service account
 * @param name of theirs, for people
 * @param serverId the one MCP server that it is for
 * @param groups of theirs, which decide whether that server lets them in
 * @param until when it is good no more, by itself
 * @param ingredients the topics whose change makes this stale
 */
public record Ticket(long workspaceId, String subject, String name, long serverId, String clientId, Set<String> scopes,
        Set<Long> groups,
        Instant until, Set<String> ingredients) {

    static String subject(ServiceAccount account) {
        return "service_account:" + account.id();
    }
}
