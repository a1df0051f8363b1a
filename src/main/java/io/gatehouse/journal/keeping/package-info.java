/** What the activity log keeps: how much of a server's calls, and for how many days in a workspace. */
package io.gatehouse.journal.keeping;
