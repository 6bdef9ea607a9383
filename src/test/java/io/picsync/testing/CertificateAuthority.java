package io.picsync.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of a test's own, trusted by nobody unless told, and the certificates it
 * issues: good ones, ones for another host, ones out of date. Keys are elliptic (P-256), so one is
 * made in milliseconds.
 */
public final class CertificateAuthority {
  private static final Duration DAY = Duration.ofDays(1);

  private final KeyPair keys;
  private final X509Certificate certificate;

  /** Up to, and without, the root. */
  private final List<X509Certificate> chain;

  private CertificateAuthority(
      KeyPair keys, X509Certificate certificate, List<X509Certificate> chain) {
    this.keys = keys;
    this.certificate = certificate;
    this.chain = chain;
  }

  /** A root. */
  public static CertificateAuthority named(String name) {
    KeyPair keys = newKeys();
    X500Name subject = name(name);
    X509Certificate root =
        sign(subject, keys, subject, keys.getPublic(), now(), List.of(), true, name);
    return new CertificateAuthority(keys, root, List.of());
  }

  /** One below this one; the certificates it issues come with its own, but without the root's. */
  public CertificateAuthority subordinate(String name) {
    KeyPair below = newKeys();
    X509Certificate signed =
        sign(subject(), keys, name(name), below.getPublic(), now(), List.of(), true, name);
    List<X509Certificate> links = new ArrayList<>(List.of(signed));
    links.addAll(chain);
    return new CertificateAuthority(below, signed, links);
  }

  /** To be trusted by those who should trust what it issues. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** {@link #certificate} as a PEM file holds it. */
  public String pem() {
    return ServerCertificate.pem("CERTIFICATE", ServerCertificate.encoded(certificate));
  }

  /** For {@code localhost} and {@code 127.0.0.1}, valid for a day before and after now. */
  public ServerCertificate issue() {
    return issueFor("localhost", "127.0.0.1");
  }

  /** For these host names and addresses; none makes a certificate without any name. */
  public ServerCertificate issueFor(String... hosts) {
    return issue(now(), hosts);
  }

  /**
   * @param middle valid for a day before and after it
   */
  public ServerCertificate issue(Instant middle, String... hosts) {
    KeyPair own = newKeys();
    X509Certificate issued =
        sign(
            subject(),
            keys,
            name("picture server"),
            own.getPublic(),
            middle,
            List.of(hosts),
            false,
            "server");
    List<X509Certificate> links = new ArrayList<>(List.of(issued));
    links.addAll(chain);
    return new ServerCertificate(own.getPrivate(), links);
  }

  private X500Name subject() {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  private static X509Certificate sign(
      X500Name issuer,
      KeyPair issuerKeys,
      X500Name subject,
      PublicKey key,
      Instant middle,
      List<String> hosts,
      boolean authority,
      String what) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(63, new SecureRandom()).add(BigInteger.ONE),
              Date.from(middle.minus(DAY)),
              Date.from(middle.plus(DAY)),
              subject,
              key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(
              authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
      if (!hosts.isEmpty()) {
        Stream<GeneralName> names = hosts.stream().map(CertificateAuthority::generalName);
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Cannot sign a certificate for " + what, e);
    }
  }

  private static GeneralName generalName(String host) {
    boolean address = host.contains(":") || host.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private static X500Name name(String name) {
    return new X500Name("CN=" + name + ",O=picsync tests");
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make a key", e);
    }
  }

  private static Instant now() {
    return Instant.now();
  }
}
