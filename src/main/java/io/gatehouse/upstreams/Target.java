package io.gatehouse.upstreams;

import java.net.URI;
import java.time.Duration;

/** Where an upstream is reached, and how. */
record Target(URI url, Long connectionId, Duration timeout) {
}
