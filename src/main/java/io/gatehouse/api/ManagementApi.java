package io.gatehouse.api;

import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;

import jakarta.ws.rs.core.Application;

/** What the published OpenAPI document says as a whole. */
@OpenAPIDefinition(info = @Info(title = "Gatehouse management API", version = "1.0", description = "Import APIs, publish their operations as tools of MCP servers, and govern who calls them."), servers = @Server(url = "/"), security = @SecurityRequirement(name = ManagementApi.BEARER))
@SecurityScheme(securitySchemeName = ManagementApi.BEARER, type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT", description = "The token of a management API client, or of an application that a person lets manage")
public class ManagementApi extends Application {

    static final String BEARER = "bearerAuth";
}
