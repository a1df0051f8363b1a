package io.gatehouse.upstreams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Which names may be taken for one another. */
class LookAlikesTest {

    @ParameterizedTest
    @CsvSource({ "pay, Pay", "pay, PAY", "pay_invoice, payInvoice", "pay_invoice, pay-invoice", "pay.invoice, payinvoice",
            "list_items, 1ist_items", "list_items, Iist_ltems", "go, g0", "GO, G0", "pay, рay", "pay, раy", "Apple, Αpple",
            "send, ѕend", "pay, ｐａｙ", "cafe, café", "pay, pay\u200b", "pay, pa\u00ady", "file, ﬁle", "TOP, ТОР", "copy, сору",
            "none, nοne", "size, sιze" })
    void seesThroughDisguises(String name, String disguised) {
        assertEquals(LookAlikes.skeleton(name),
                LookAlikes.skeleton(disguised));
    }

    @ParameterizedTest
    @CsvSource({ "pay, play", "get_user, get_users", "create, delete", "find_1, find_2", "读取, 写入", "v1, v2" })
    void tellsOtherNamesApart(String one, String other) {
        assertNotEquals(LookAlikes.skeleton(one), LookAlikes.skeleton(other));
    }

    @Test
    void namesTheOtherOne() {
        LookAlikes names = new LookAlikes();
        names.add("pay");
        names.add("find");

        assertEquals("pay", names.of("Pay"));
        assertNull(names.of("pay"));
        assertNull(names.of("refund"));
        names.add("Pay");
        assertEquals("Pay", names.of("pay"));
        assertEquals("pay", names.of("Pay"));
    }

    @Property(tries = 300)
    void sameInAnyCaseAndWithAnySeparators(@ForAll("names") String name) {
        String skeleton = LookAlikes.skeleton(name);

        assertEquals(skeleton, LookAlikes.skeleton(name.toUpperCase()));
        assertEquals(skeleton, LookAlikes.skeleton(String.join("_", name.split(""))));
        assertEquals(skeleton, LookAlikes.skeleton(wide(name)));
        assertEquals(skeleton, LookAlikes.skeleton(skeleton));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "_", "...", "\u200b" })
    void isNothingWhereNothingCanBeRead(String name) {
        assertEquals("", LookAlikes.skeleton(name));
    }

    /** The same in full width. */
    private static String wide(String name) {
        return name.codePoints().map(c -> c > ' ' && c <= '~' ? c + 0xfee0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")
                .ofMinLength(1).ofMaxLength(20);
    }
}
