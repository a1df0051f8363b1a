package io.gatehouse.access.signin;

import java.net.URI;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

/** The organisation's provider, at which people can sign in too; implemented by the room that knows it. */
public interface Federation {

    /** What people know the provider by; empty where there is none. In a session of its own. */
    Uni<Optional<String>> name();

    /** Where a person for whom the provider vouched signs out there; empty where that can't be had. */
    Uni<Optional<URI>> signOut(Voucher voucher);
}
