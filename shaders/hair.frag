#version 330
// Dark hair with a sheen across the strands (Kajiya and Kay 1989).
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_tangent;
in vec3 v_strand;
out vec4 color;

// Sine of the angle between the strand and the half-way vector, raised: a line of light.
float sheen(vec3 t, vec3 v, vec3 l, float sharp) {
    float th = dot(t, normalize(v + l));
    return pow(sqrt(max(1.0 - th * th, 0.0)), sharp);
}

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 v = normalize(from - v_point);
    float range = length(from - v_point);
    float number = abs(v_strand.z);
    float fine = 1.0 - smoothstep(0.9, 4.0, range);
    float lines = 0.5, edge = abs(v_strand.y);
    if (v_strand.z > 0.0) {
        // Strands leave the quill at a narrow angle and run forward, each as far out as its own
        // number lets it; between them the stone is seen.
        float from_quill = v_strand.x - 0.16 * pow(edge, 1.3);
        float row = (from_quill + 0.6) * 120.0 + 0.8 * value_noise(vec3(v_strand.x * 9.0, number * 51.0, 2.0));
        float bundle = value_noise(vec3(row * 0.16, v_strand.y > 0.0 ? 1.0 : 5.0, number * 37.0));
        float own = hash(ivec3(int(row), v_strand.y > 0.0 ? 1 : 2, int(number * 977.0)));
        float out_to = 0.40 + 0.62 * bundle + 0.20 * own;
        out_to *= 1.0 - 0.55 * smoothstep(0.55, 1.0, v_strand.x);
        if (edge > out_to) discard;
        float between = abs(fract(row) - 0.5) * 2.0;
        if (range < 3.0 && edge > 0.35 && between > mix(1.1, 0.55, smoothstep(0.35, 1.0, edge / out_to))) discard;
        lines = mix(0.25 + 0.5 * bundle, 0.62 * own + 0.38 * (1.0 - between), fine);
    }
    Surface s;
    s.normal = normalize(v_normal);
    if (dot(s.normal, v) < 0.0) s.normal = normalize(s.normal - 2.0 * dot(s.normal, v) * v);
    vec3 t = normalize(v_tangent + 0.10 * (lines - 0.5) * s.normal);
    s.albedo = 0.6 * mix(srgb(0x140E0E), srgb(0x44302C), fract(number * 7.3) * 0.45 + 0.55 * lines);
    s.albedo *= 0.7 + 0.6 * lines;
    float deep = smoothstep(0.0, 0.013, v_rest.z);
    s.ao = mix(0.40, 1.0, deep) * mix(1.0, 0.72, edge);
    s.roughness = 0.85;
    s.thin = 0.25;
    // The sky above as a broad sheen, the sun and the orb as narrow ones.
    vec3 shine = sky_light(vec3(0.0, 0.0, 1.0)) * 0.07 * sheen(t, v, vec3(0.0, 0.0, 1.0), 24.0);
    shine += sky_gradient(normalize(vec3(0.7, -0.3, 0.5))) * 0.20 * sheen(t, v, normalize(vec3(0.7, -0.3, 0.5)), 70.0);
    float sun = sunlight(v_point, s.normal);
    shine += SUN_LIGHT * S_lit * sun * (1.0 - 0.75 * S_sky_light)
        * (0.030 * sheen(t, v, SUN_DIR, 60.0) + 0.020 * vec3(1.0, 0.6, 0.5) * sheen(normalize(t + 0.12 * s.normal), v, SUN_DIR, 14.0));
    if (S_orb_light > 0.0) {
        vec3 to = u_orb - v_point;
        float d2 = dot(to, to);
        shine += ORB_LIGHT * S_orb_light * 0.10 / (d2 + 0.3) * sheen(t, v, to * inversesqrt(d2 + 1e-6), 40.0);
    }
    s.glow = shine * s.ao * (0.45 + 1.1 * lines) * (1.0 - smoothstep(0.7, 1.0, v_strand.x));
    vec3 c = light(s, v_point, from);
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
