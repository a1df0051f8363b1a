package io.gatehouse.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.kernel.Problem;

class AddressRangesTest {

    private static AddressRanges ranges(String... texts) {
        return AddressRanges.parse("list", Arrays.asList(texts), 100);
    }

    @ParameterizedTest
    @CsvSource({ "192.0.2.1,192.0.2.1", "192.0.2.1/32,192.0.2.1", "10.1.2.3/8,10.0.0.0/8", "0.0.0.0/0,0.0.0.0/0",
            "2001:DB8:0:0::1,2001:db8::1", "2001:db8::1/32,2001:db8::/32", "::/0,::/0", "::1/128,::1",
            "::ffff:192.0.2.1,192.0.2.1", "::ffff:10.1.2.3/104,10.0.0.0/8", "' 192.0.2.1 ',192.0.2.1" })
    void normalises(String text, String normal) {
        assertEquals(List.of(normal), ranges(text).texts());
    }

    @Test
    void keepsEachRangeOnce() {
        assertEquals(List.of("10.0.0.0/8", "::1"), ranges("10.0.0.1/8", "::1", "10.2.0.0/8").texts());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "*", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4/33", "1.2.3.4/", "/8",
            "1.2.3.*", "1.2.3.1-9", "01.2.3.4", "0x7f.0.0.1", "1.2.3.4/255.0.0.0", "1.2.3.4/08", "host.test", ":", ":::",
            "1:2:3:4:5:6:7:8:9", "::1/129", "fe80::1%eth0", "fe80::%1", "::g", "1.2.3.4 5.6.7.8", "[::1]", "1.2.3.4:80",
            "4)+k&C#VzJ4br>0wv%Yp", "localhost" })
    void namesTheElementThatIsNone(String text) {
        Problem problem = assertThrows(Problem.class, () -> ranges("192.0.2.1", text));

        assertEquals("list.1", problem.details().get(0).field());
    }

    @Test
    void namesAnElementThatIsMissing() {
        assertEquals("list.0", assertThrows(Problem.class, () -> ranges((String) null)).details().get(0).field());
    }

    @Test
    void boundsTheirNumber() {
        assertThrows(Problem.class, () -> AddressRanges.parse("list", List.of("::1", "::2"), 1));
    }

    @Test
    void containWhatIsInThem() {
        AddressRanges ranges = ranges("10.0.0.0/8", "2001:db8::/32", "192.0.2.1");

        for (String inside : List.of("10.255.0.1", "::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1%eth0", "192.0.2.1")) {
            assertTrue(ranges.contain(inside), inside);
        }
        for (String outside : List.of("11.0.0.1", "::ffff:11.0.0.1", "2001:db9::1", "192.0.2.2", "", "x")) {
            assertFalse(ranges.contain(outside), outside);
        }
        assertFalse(ranges.contain((String) null));
    }
}
