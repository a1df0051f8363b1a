package io.gatehouse.connections;

import io.gatehouse.connections.Scheme.Place;

/** A secret as it is put on a request. Never logged: its text form hides the value. */
public record Credential(Place place, String name, String value) {

    @Override
    public String toString() {
        return place + " " + name;
    }
}
