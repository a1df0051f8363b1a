package io.gatehouse.access.oauth;

import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.smallrye.mutiny.Uni;

/** What people may be let in to; implemented by the room that has the servers. In a session of its own. */
public interface ProtectedResources {

    /** Empty where there is no such server, it is off, or identity does not open it. */
    Uni<Optional<ProtectedResource>> find(URI resource);

    /** The one server of the deployment that identity opens; empty where there are none or several. */
    Uni<Optional<ProtectedResource>> only();

    /** The one that any of these groups may use; empty where there are none or several. */
    Uni<Optional<ProtectedResource>> only(Set<Long> groups);

    /** What servers are called, by id; of all that there are, open or not. */
    Uni<Map<Long, Named>> named(Collection<Long> serverIds);

    /** A server as administrators know it. */
    record Named(String handle, String name) {
    }
}
