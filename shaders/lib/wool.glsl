// Light on the wool of the visitor's own robe, seen from above: it drinks the sun and has no shine.
#pragma once
#pragma include "living.glsl"

vec3 wool_light(Surface s, vec3 point, vec3 v) {
    vec3 n = s.normal, to;
    float nv = max(dot(n, v), 1e-3), facing = dot(n, SUN_DIR), wrap = mix(0.10, 0.35, s.thin);
    vec3 sun = sun_now(point, n), pale = 0.8 * mix(sun, vec3(luminance(sun)), 0.85);
    float front = max((facing + wrap) / (1.0 + wrap), 0.0);
    // The crest of a fold has the sky's violet, its sunward flank an edge of crimson.
    vec3 sky = sky_light(n) * vec3(0.92, 0.92, 1.22) * mix(0.35, 1.0, max(n.z, 0.0));
    vec3 c = s.albedo * s.ao * (pale * front / PI + sky);
    float fuzz = (1.0 - nv) * (1.0 - nv);
    c += s.ao * fuzz * (0.030 * sun * smoothstep(-0.1, 0.6, facing) + 0.045 * sky);
    float orb = orb_falls(point, to);
    c += s.albedo * orb_color() * orb * max((dot(n, to) + 0.2) / 1.2, 0.0) * s.ao;
    return c + s.glow;
}
