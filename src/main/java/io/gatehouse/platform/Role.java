package io.gatehouse.platform;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Which half of the product this process serves; one image, chosen at start by {@code gatehouse.role}. */
@Singleton
public class Role {

    /** The values of {@code gatehouse.role}. */
    public enum Name {
        ALL,
        CONTROL,
        GATEWAY
    }

    private final Name name;

    @Inject
    Role(@ConfigProperty(name = "gatehouse.role", defaultValue = "all") Name name) {
        this.name = name;
    }

    public boolean servesControl() {
        return name != Name.GATEWAY;
    }

    public boolean servesGateway() {
        return name != Name.CONTROL;
    }
}
