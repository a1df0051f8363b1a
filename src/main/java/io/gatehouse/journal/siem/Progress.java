package io.gatehouse.journal.siem;

import io.gatehouse.journal.activity.FeedPosition;

/** How far a destination is in both logs. */
record Progress(FeedPosition activity, long audit) {

    Progress with(FeedPosition position) {
        return new Progress(position, audit);
    }

    Progress with(long seq) {
        return new Progress(activity, seq);
    }
}
