package io.gatehouse.access.oauth;

import java.net.URI;

/** An authorization request as it was understood: to be put to a person, or answered at once by a redirect. */
sealed interface Question permits Asked, Question.Refused {

    /** @param answer where the browser goes, with the error for the application */
    record Refused(URI answer) implements Question {
    }
}
