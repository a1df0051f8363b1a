/** Who people are and where they sign in, in the shapes of the Workato dialect, which has no words for these. */
package io.gatehouse.api.iam;
