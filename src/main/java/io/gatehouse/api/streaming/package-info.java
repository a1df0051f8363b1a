/** Where the activity log and the audit trail are streamed: destinations, how they do, and what they refuse. */
package io.gatehouse.api.streaming;
