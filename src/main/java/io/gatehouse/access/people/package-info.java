/**
 * The people who use MCP servers, and the groups that let them: who is in no group of a server can't use it, whatever else
 * they may do here. A change is announced under the groups and the people that it concerns, and what takes access away is
 * done when every replica knows it.
 */
package io.gatehouse.access.people;
