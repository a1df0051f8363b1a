package io.gatehouse.access.signin;

/**
 * The provider that vouched for a person.
 *
 * @param idToken by which it knows the person again who signs out
 */
public record Voucher(long providerId, String idToken) {

    /** Without what the provider says of the person. */
    @Override
    public String toString() {
        return "voucher of provider " + providerId;
    }
}
