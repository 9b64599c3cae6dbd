#version 330
// Skin with blood in it, hair, wet eyes, and the tears that run down.
#pragma include "lib/flesh.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_head;
in vec4 v_nature;        // shade, behind the hairline, eyeball, inside of the mouth
in float v_look;
in float v_front;        // how far the skin looks out of the hood
flat in vec4 v_person;   // robe colour, phase
flat in vec4 v_face;     // linen, age, woman, beard
flat in vec3 v_across;
flat in vec4 v_eyes;
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 to = from - v_point;
    float range = length(to), seed = v_person.a;
    vec3 v = to / range, h = v_head;
    float fine = 1.0 - smoothstep(1.2, 4.0, range);
    Surface s;
    vec3 n = normalize(v_normal), mirror = n;
    s.normal = n;
    s.ao = v_nature.x;
    s.glow = vec3(0.0);
    s.thin = 0.2;
    float behind = v_nature.y * 8.0 - 0.5, shine = 0.0, thread = 0.0;
    if (v_nature.z > 0.75) {
        s.albedo = eyeball(s, h, v_eyes, seed);
        shine = 1.0;
    } else {
        float edge = v_face.x > 0.5 ? 0.0 : fringe(h, v_face.z) * smoothstep(-0.48, -0.1, behind);
        float covered = smoothstep(-0.1, v_face.x > 0.5 ? 0.15 : 0.5, behind + edge);
        float grain = 0.55 * (fwidth(h.x) + fwidth(h.z));
        float moist = range < 8.0 ? wet(h, seed, grain) * (1.0 - covered) : 0.0;
        moist *= 1.0 - smoothstep(5.0, 8.0, range);
        if (moist > 0.004) {
            // Water stands up from the skin: light finds both its flanks.
            vec3 aside = vec3(max(0.03, 0.5 * grain), 0.0, 0.0);
            float across = wet(h + aside, seed, grain) - wet(h - aside, seed, grain);
            s.normal = normalize(n - v_across * clamp(0.6 * across, -0.4, 0.4));
            mirror = normalize(n - v_across * clamp(1.8 * across, -1.2, 1.2));
        }
        s.albedo = skin(s, h, v_face, seed, fine);
        if (covered > 0.0) {
            float bare = s.roughness;
            s.albedo = mix(s.albedo, covering(s, h, v_point, v_face, v_person.rgb, behind, seed, fine), covered);
            s.roughness = mix(bare, s.roughness, covered);
        }
        // Lashes are a line along the upper lid's rim; a fainter one below.
        s.albedo *= 1.0 - 0.88 * smoothstep(0.34, 0.47, v_nature.z);
        s.albedo *= 1.0 - mix(0.75, 0.94, v_look) * v_nature.w;
        s.roughness = mix(s.roughness, 0.10, moist);
        shine = moist;
        thread = smoothstep(0.30, 0.60, moist) * mix(0.35, 1.0, value_noise(vec3(0.8 * h.x, 2.2 * h.z, seed * 50.0)));
        // The wet line where a lower lid meets the eye.
        float away = length(h - vec3(h.x < 0.0 ? -EYE_ASIDE : EYE_ASIDE, EYE_AHEAD, 0.0));
        float line = smoothstep(0.30, 0.38, v_nature.z) * step(h.z, -0.2) * (1.0 - smoothstep(1.30, 1.42, away));
        shine = max(shine, 0.9 * line);
    }
    shine *= 1.0 - smoothstep(4.0, 8.0, range);  // a glint smaller than a pixel would sparkle
    if (shine > 0.01) {
        float grazing = 0.10 + 0.75 * pow(1.0 - clamp(dot(mirror, v), 0.0, 1.0), 4.0);
        vec3 mirrored = reflect(-v, mirror);
        mirrored.z = abs(mirrored.z);
        s.glow = sky_gradient(mirrored) * grazing * shine * 3.4;
        // The low sun, wherever its light can reach, and the bright sky about it.
        float toward = max(dot(mirrored, SUN_DIR), 0.0);
        // A thread of water is round: somewhere on it the sun is mirrored, whoever looks.
        float glint = pow(toward, 40.0) + 0.25 * pow(toward, 6.0) + 0.16 * thread;
        s.glow += SUN_LIGHT * S_lit * glint * shine * mix(0.25, 1.0, sun_at(v_point + 0.10 * SUN_DIR)) * 0.50;
        if (S_orb_light > 0.0) {
            float orb = max(dot(mirrored, normalize(u_orb - v_point)), 0.0);
            s.glow += ORB_LIGHT * S_orb_light * (pow(orb, 500.0) * 2.2 + 0.05 * pow(orb, 6.0)) * shine;
        }
    }
    // The sun's map holds a coarser mesh than the one seen: look it up a hand's breadth nearer.
    vec3 c = flesh_light(s, v_point + 0.10 * SUN_DIR + 0.02 * s.normal, from, v_front);
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
