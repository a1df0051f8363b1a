/**
 * What a published server <em>is</em>, frozen: immutable records that hold all that the gateway needs to serve it. The
 * left tower compiles them ({@link io.gatehouse.plan.PlanSource} is its only word to the right tower), the right tower
 * serves them. Nothing here reads a database or knows a framework.
 */
package io.gatehouse.plan;
