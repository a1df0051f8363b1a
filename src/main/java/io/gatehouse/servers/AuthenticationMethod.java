package io.gatehouse.servers;

/** How agents show who they are; only a server of method TOKEN has tokens. */
public enum AuthenticationMethod {
    TOKEN,
    IDENTITY,
    SSO
}
