/** The era-free core of {@code tools/call}: resolve the name, check the arguments, run the action. */
package io.gatehouse.gateway.call;
