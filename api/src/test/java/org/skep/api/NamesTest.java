package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.engine.PersonView;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PersonId;
import org.skep.kernel.Ref;

/** Names for other programs: readable where free, unforgeable where it counts. */
final class NamesTest {
  private static final NetworkId SSB = new NetworkId("ssb");

  /** The bytes 0, 1, 2 … 31 as a key. */
  private static final Ref COUNTING =
      new Ref(SSB, "@AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=.ed25519");

  private static PersonView person(String name, boolean own, Ref... identities) {
    return new PersonView(new PersonId(1), name, "", Optional.empty(), List.of(identities), own, 0);
  }

  @Test
  void theReadablePartIsASlugThatMastodonTakes() {
    Map<String, String> slugs =
        Map.of(
            "Ana",
            "ana",
            "Zoë Müller",
            "zoe_muller",
            "  --x--  ",
            "x",
            "",
            "friend",
            "木村",
            "friend",
            "😀",
            "friend",
            "a".repeat(50),
            "a".repeat(30),
            "a".repeat(29) + " b",
            "a".repeat(29),
            "R2-D2 (beta)",
            "r2_d2_beta");
    slugs.forEach((name, slug) -> assertEquals(slug, Names.username(person(name, false))));
  }

  @Test
  void theDomainIsTheBeginningOfTheKeyInBase32() {
    // RFC 4648 §6 by another program: base32 of bytes 0 to 9 is AAAQEAYEAUDAOCAJ.
    assertEquals("aaaqeayeaudaocaj.ssb.alt", Names.domain(COUNTING));
    assertEquals("ana@aaaqeayeaudaocaj.ssb.alt", Names.acct(person("Ana", false, COUNTING)));
    assertEquals("ana", Names.acct(person("Ana", true, COUNTING)));
    Ref home = new Ref(NetworkId.HOME, "000102030405060708090a0b0c0d0e0f".repeat(2));
    assertEquals("aaaqeayeaudaocaj.home.alt", Names.domain(home));
    assertEquals("unknown.ssb.alt", Names.domain(new Ref(SSB, "something else")));
  }

  @Test
  void keysOfOneBeginningHaveDomainsOfTheirOwn() {
    // Alike in the first eight characters of either way of writing them.
    Ref other = new Ref(SSB, "@AAECAwQF" + "/".repeat(34) + "8=.ed25519");
    assertEquals(COUNTING.id().substring(0, 9), other.id().substring(0, 9));
    assertTrue(Names.domain(other).startsWith("aaaqeaye"), Names.domain(other));
    assertNotEquals(Names.domain(COUNTING), Names.domain(other));
    assertNotEquals(
        Names.acct(person("Ana", false, COUNTING)), Names.acct(person("Ana", false, other)));
    for (Ref beginning : Names.beginnings(Names.domain(other))) {
      assertFalse(COUNTING.id().startsWith(beginning.id()), beginning.id());
    }
  }

  @Test
  void aMessageIsKnownByItsIdAndByItsUri() {
    String id = "%AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=.sha256";
    String key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    for (String link :
        List.of(
            id,
            id + "?x=y",
            "ssb:message/classic/" + key,
            "ssb:message/sha256/" + key,
            "ssb://message/classic/" + key,
            "ssb:message:sha256:" + key)) {
      assertEquals(Optional.of(id), Names.message(link), link);
    }
    for (String other : List.of("", "%x", COUNTING.id(), "ssb:feed/classic/" + key)) {
      assertEquals(Optional.empty(), Names.message(other), other);
    }
  }

  @Test
  void aDomainLeadsBackToTheBeginningOfTheId() {
    List<Ref> beginnings = Names.beginnings("aaaqeayeaudaocaj.ssb.alt");
    assertTrue(
        beginnings.stream().anyMatch(ref -> COUNTING.id().startsWith(ref.id())),
        beginnings.toString());
    assertTrue(
        beginnings.stream().anyMatch(ref -> ref.id().equals("00010203040506070809")),
        beginnings.toString());
    for (String other :
        List.of("", "ssb.alt", "aaaqeayeaudaoca.ssb.alt", "aaaqeayeaudaoca1.ssb.alt", "a.org")) {
      assertEquals(List.of(), Names.beginnings(other));
    }
  }

  @Test
  void aUriIsWrittenInTheSafeAlphabet() {
    String key = "+".repeat(21) + "/".repeat(22) + "=";
    assertEquals(
        "ssb:feed/classic/" + "-".repeat(21) + "_".repeat(22) + "=",
        Names.uri(new Ref(SSB, "@" + key + ".ed25519")));
    assertEquals(
        "ssb:message/classic/" + "-".repeat(21) + "_".repeat(22) + "=",
        Names.uri(new Ref(SSB, "%" + key + ".sha256")));
  }
}
