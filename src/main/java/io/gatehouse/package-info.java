/**
 * Gatehouse: a control plane and gateway for the Model Context Protocol.
 *
 * <p>
 * Two towers on one foundation. The left tower ({@code servers}, {@code tools}, with {@code api} at its top) edits
 * definitions; the right tower ({@code gateway}) serves plans. They never touch: {@code plan.PlanSource} is the one bridge.
 * Each package below is a room with a {@code package-info} of its own; which room may import which is a test,
 * {@code HouseTest}.
 */
package io.gatehouse;
