/**
 * The management API: one sub-room per dialect, each with its own wire shapes, mapping and error envelope over the same
 * doors. What both share stands here: who asks ({@link io.gatehouse.api.Authentication}), how JSON is read
 * ({@link io.gatehouse.api.JsonRules}) and which dialect renders a failure ({@link io.gatehouse.api.Failures}).
 */
package io.gatehouse.api;
