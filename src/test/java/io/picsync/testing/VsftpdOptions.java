package io.picsync.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of vsftpd.conf(5) that {@link VsftpdServer} starts from. */
final class VsftpdOptions {
  private VsftpdOptions() {}

  static Map<String, String> of(Path home, Path folder, int port, boolean root) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("listen", "YES");
    options.put("listen_address", "127.0.0.1");
    options.put("listen_port", Integer.toString(port));
    options.put("background", "NO");
    options.put("write_enable", "YES");
    options.put("mdtm_write", "YES");
    options.put("use_localtime", "NO");
    options.put("xferlog_enable", "NO");
    options.put("delay_failed_login", "0");
    options.put("max_clients", "0");
    options.put("max_per_ip", "0");
    options.put("secure_chroot_dir", folder.resolve("empty").toString());
    // Containers and old kernels refuse the sandboxes.
    options.put("seccomp_sandbox", "NO");
    options.put("isolate", "NO");
    options.put("isolate_network", "NO");
    if (root) {
      options.put("anonymous_enable", "NO");
      options.put("local_enable", "YES");
      options.put("pam_service_name", "su");
      options.put("local_root", home.toString());
      options.put("local_umask", "022");
      options.put("chroot_local_user", "YES");
      options.put("allow_writeable_chroot", "YES");
    } else {
      options.put("run_as_launching_user", "YES");
      options.put("anonymous_enable", "YES");
      options.put("local_enable", "NO");
      options.put("anon_root", home.toString());
      options.put("anon_umask", "022");
      options.put("anon_upload_enable", "YES");
      options.put("anon_mkdir_write_enable", "YES");
      options.put("anon_other_write_enable", "YES");
      options.put("anon_world_readable_only", "NO");
      options.put("secure_email_list_enable", "YES");
      options.put("email_password_file", folder.resolve("password").toString());
    }
    return options;
  }

  /**
   * @param pem key and chain
   */
  static Map<String, String> of(TlsSetup tls, Path pem) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("ssl_enable", "YES");
    options.put("implicit_ssl", tls.implicit() ? "YES" : "NO");
    options.put("allow_anon_ssl", "YES");
    for (String what : List.of("local_logins", "local_data", "anon_logins", "anon_data")) {
      options.put("force_" + what + "_ssl", "YES");
    }
    options.put("require_ssl_reuse", tls.sessionReuse() ? "YES" : "NO");
    // The default is one cipher that nobody speaks any more.
    options.put("ssl_ciphers", "HIGH");
    options.put("rsa_cert_file", pem.toString());
    return options;
  }
}
