package io.gatehouse.platform.limits;

import java.time.Duration;

/**
 * How a limit stands.
 *
 * @param left how many more calls there may be in this window, as far as is known here
 * @param reset until the next window begins
 */
public record Standing(Limit limit, long left, Duration reset) {
}
